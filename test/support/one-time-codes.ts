import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { tempDir } from './tmp.js';

/** Lines of a PAM service (pam.d) that takes each of these codes once. */
export function oneTimeCodes(...codes: readonly string[]): string[] {
  const folder = tempDir();
  const script = path.join(folder, 'check');
  writeFileSync(path.join(folder, 'codes'), `${codes.join('\n')}\n`);
  writeFileSync(
    script,
    `#!/bin/sh\nread -r code\ngrep -qxF "$code" '${folder}/codes' && sed -i "/^$code\\$/d" '${folder}/codes'\n`,
  );
  chmodSync(script, 0o755);
  const others = ['account required pam_permit.so', 'session required pam_permit.so'];
  const check = `auth required pam_exec.so expose_authtok quiet ${script}`;
  return [check, 'auth optional pam_echo.so Tries are counted', 'auth optional pam_permit.so', ...others];
}
