/** Runs all checks of `cosmos doctor`, from the parts that others depend on to those that depend on them. */
import { Config } from '../../../schemas/config.js';
import { loadConfig } from '../../config.js';
import { CosmosError } from '../../errors.js';
import { findMediaTools } from '../../media/tools.js';
import { withoutSecretsIn } from '../../secrets.js';
import { packageVersion } from '../../version.js';
import type { Context } from '../context.js';
import { lookForDaemon } from '../discovery.js';
import { checkDaemon } from './daemon.js';
import type { Finding } from './finding.js';
import { checkHosts } from './hosts.js';
import { checkHoudini } from './houdini.js';
import { checkNode, checkPython } from './node.js';
import { checkState } from './state.js';

export async function examine({ stateDir, config: file, clock }: Context): Promise<Finding[]> {
  const presence = await lookForDaemon(stateDir, clock);
  const { finding, config } = checkConfig(file);
  const findings = [
    checkNode(process.versions.node),
    finding,
    ...(await checkMedia({ ffmpeg: config.daemon.ffmpeg, ffprobe: config.daemon.ffprobe })),
    ...(await checkState(stateDir)),
    await checkDaemon(presence, stateDir, packageVersion()),
    ...(await checkHosts(presence, config.host)),
    ...(await checkHoudini(packageVersion())),
    await checkPython(),
  ];
  return findings.map(clean);
}

/** Findings quote other programs and files; secrets in those words are removed. */
function clean(finding: Finding): Finding {
  return withoutSecretsIn({ ...finding });
}

/** When the configuration is broken, the other checks use the defaults. */
function checkConfig(file: string | undefined): { finding: Finding; config: Config } {
  const name = 'Configuration';
  try {
    const loaded = loadConfig(file);
    const message = loaded.file ?? 'no cosmos.toml; every default holds';
    return { finding: { name, level: 'ok', message }, config: loaded.config };
  } catch (error) {
    if (!(error instanceof CosmosError)) throw error;
    const finding: Finding = { name, level: 'fail', message: error.message, remedy: 'Correct that line.' };
    return { finding, config: Config.parse({}) };
  }
}

/** ffmpeg and ffprobe, found as the daemon would find them. */
async function checkMedia(configured: { ffmpeg?: string; ffprobe?: string }): Promise<Finding[]> {
  try {
    const tools = await findMediaTools(configured);
    const version = tools.version ?? 'development build';
    return [
      { name: 'ffmpeg', level: 'ok', message: `${version}  ${tools.ffmpeg}` },
      { name: 'ffprobe', level: 'ok', message: tools.ffprobe },
    ];
  } catch (error) {
    if (!(error instanceof CosmosError)) throw error;
    const [message = '', ...remedy] = error.message.split(/(?<=\.) (?=Install)/);
    return [{ name: 'ffmpeg', level: 'fail', message, remedy: remedy.join(' ') }];
  }
}
