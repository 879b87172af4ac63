/**
 * The file that starts the daemon at login on each system, and the command that switches it on; nothing is run here.
 */
import { homedir } from 'node:os';
import path from 'node:path';

export interface Autostart {
  readonly file: string;
  readonly text: string;
  /** The sentence that says how to switch it on. */
  readonly enable: string;
}

const LABEL = 'cosmos-bridge';

export interface CommandLines {
  /** Stays in the foreground, because the system supervises the process. */
  readonly daemon: readonly string[];
  /** Starts the daemon with a chosen environment, and ends. */
  readonly launcher: readonly string[];
}

export function autostart(platform: NodeJS.Platform, { daemon, launcher }: CommandLines, home = homedir()): Autostart {
  switch (platform) {
    case 'win32':
      return startupFolder(launcher, home);
    case 'darwin':
      return launchAgent(launcher, home);
    default:
      return systemdUnit(daemon, home);
  }
}

function systemdUnit(argv: readonly string[], home: string): Autostart {
  const text = `[Unit]
Description=Cosmos Bridge daemon

[Service]
ExecStart=${argv.map(systemdQuote).join(' ')}
Restart=on-failure
# What it holds in memory is written into no file when it crashes.
LimitCORE=0
# Runs are processes of their own: they go on when the daemon stops.
KillMode=process

[Install]
WantedBy=default.target
`;
  const file = path.join(home, '.config', 'systemd', 'user', `${LABEL}.service`);
  return { file, text, enable: `Switch it on with: systemctl --user enable --now ${LABEL}` };
}

/** systemd.service(5), "Command lines": quotes and backslashes are escaped, % and $ are doubled. */
function systemdQuote(word: string): string {
  return `"${word.replace(/[\\"]/g, '\\$&').replace(/%/g, '%%').replace(/\$/g, '$$$$')}"`;
}

function launchAgent(argv: readonly string[], home: string): Autostart {
  const words = argv.map((word) => `    <string>${xml(word)}</string>`).join('\n');
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${LABEL}</string>
  <key>ProgramArguments</key>
  <array>
${words}
  </array>
  <key>RunAtLoad</key>
  <true/>
  <key>AbandonProcessGroup</key>
  <true/>
</dict>
</plist>
`;
  const file = path.join(home, 'Library', 'LaunchAgents', `${LABEL}.plist`);
  return { file, text, enable: `Switch it on with: launchctl load -w "${file}"` };
}

function xml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function startupFolder(argv: readonly string[], home: string): Autostart {
  // cmd.exe expands %name% even inside quotes; a file name cannot hold a quote on Windows.
  const words = argv.map((word) => `"${word.replace(/%/g, '%%')}"`).join(' ');
  const startup = ['AppData', 'Roaming', 'Microsoft', 'Windows', 'Start Menu', 'Programs', 'Startup'];
  const file = path.win32.join(home, ...startup, `${LABEL}.cmd`);
  return { file, text: `@start "" /min ${words}\r\n`, enable: 'It starts with the next login.' };
}
