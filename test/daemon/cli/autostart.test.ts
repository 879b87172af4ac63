import { expect, test } from 'vitest';
import { autostart } from '../../../daemon/cli/autostart.js';

const ARGV = ['/usr/bin/node', '/opt/my tools/main.js', '--state-dir', '/state/100%$x'];

test('Linux: a systemd user unit whose command survives blanks, % and $', () => {
  const { file, text, enable } = autostart('linux', { daemon: ARGV, launcher: [] }, '/home/ana');
  expect(file).toBe('/home/ana/.config/systemd/user/cosmos-bridge.service');
  expect(text).toContain('ExecStart="/usr/bin/node" "/opt/my tools/main.js" "--state-dir" "/state/100%%$$x"');
  expect(text).toContain('LimitCORE=0');
  expect(enable).toContain('systemctl --user enable --now cosmos-bridge');
});

test('macOS: a launch agent with escaped words', () => {
  const { file, text } = autostart('darwin', { daemon: [], launcher: ['/node', '/a & b'] }, '/Users/ana');
  expect(file).toBe('/Users/ana/Library/LaunchAgents/cosmos-bridge.plist');
  expect(text).toContain('<string>/a &amp; b</string>');
});

test('Windows: a command file in the startup folder', () => {
  const { file, text } = autostart(
    'win32',
    { daemon: [], launcher: ['C:\\node.exe', 'D:\\100%\\main.js'] },
    'C:\\Users\\ana',
  );
  expect(file).toMatch(/^C:\\Users\\ana\\AppData\\.*\\Startup\\cosmos-bridge\.cmd$/);
  expect(text).toBe('@start "" /min "C:\\node.exe" "D:\\100%%\\main.js"\r\n');
});
