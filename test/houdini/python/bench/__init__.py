"""What `npm run bench -- panel` measures in the panel's own process; the other side is test/bench/panel.ts."""
