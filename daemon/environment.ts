/**
 * The environment of every process that is started here, chosen by name: a shell holds tokens and passwords in its own,
 * and a program that gets them can print them, and leaves them in /proc for as long as it runs.
 */

/** What a process is started for; each gets the names of its line, and those of `every`. */
export type Purpose = 'tool' | 'run' | 'ssh' | 'viewer' | 'daemon';

/** A name, or the beginning of names when it ends with "*". Windows compares without case. */
type Names = readonly string[];

/** The user, the folders of programs and temporary files, language and time zone. */
const PLACE: Names = [
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'TMPDIR', 'TEMP', 'TMP', 'TZ', 'LANG', 'LANGUAGE', 'LC_*', 'XDG_*'],
  '__CF_USER_TEXT_ENCODING', // how macOS reads text that is not UTF-8
];
/** Windows programs do not start, or do not find their folders, without these. */
const WINDOWS: Names = [
  ...['SystemRoot', 'SystemDrive', 'windir', 'ComSpec', 'PATHEXT', 'OS', 'PSModulePath', 'DriverData'],
  ...['APPDATA', 'LOCALAPPDATA', 'ProgramData', 'ALLUSERSPROFILE', 'PUBLIC', 'ProgramFiles*', 'CommonProgramFiles*'],
  ...['ProgramW6432', 'CommonProgramW6432', 'USERPROFILE', 'USERNAME', 'USERDOMAIN*', 'HOMEDRIVE', 'HOMEPATH'],
  ...['COMPUTERNAME', 'NUMBER_OF_PROCESSORS', 'PROCESSOR_*', 'OneDrive*'],
];
/** Extra folders of libraries and fonts, which a studio's ffmpeg may need; and which GPUs may be used. */
const LIBRARIES: Names = [
  ...['LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'DYLD_FALLBACK_LIBRARY_PATH', 'FONTCONFIG_*', 'NIX_LD*'],
  ...['CUDA_*', 'NVIDIA_VISIBLE_DEVICES', 'NVIDIA_DRIVER_CAPABILITIES', 'LIBVA_*', 'VDPAU_*'],
];
/** The agent with the private keys: any program that has its socket can log in with them. */
const AGENT: Names = ['SSH_AUTH_SOCK'];
/** The desktop on which a window opens. */
const DESKTOP: Names = [
  ...[
    'DISPLAY',
    'WAYLAND_*',
    'XAUTHORITY',
    'DBUS_SESSION_BUS_ADDRESS',
    'DESKTOP_SESSION',
    'BROWSER',
    'GNOME_*',
    'KDE_*',
  ],
  ...['QT_*', 'GTK_*', 'GDK_*', 'PULSE_*', 'WSL_*', 'WSLENV', '__GL*', '__NV*'],
];
/** The daemon's folders of state and configuration, and the Houdini whose ffmpeg it may use. */
const OURS: Names = ['COSMOS_STATE_DIR', 'COSMOS_CONFIG', 'COSMOS_DEBUG', 'HFS', 'UV_THREADPOOL_SIZE'];

const BY_PURPOSE: Readonly<Record<Purpose, Names>> = {
  tool: [...PLACE, ...WINDOWS, ...LIBRARIES],
  run: [...PLACE, ...WINDOWS, ...LIBRARIES],
  ssh: [...PLACE, ...WINDOWS, ...AGENT],
  viewer: [...PLACE, ...WINDOWS, ...LIBRARIES, ...DESKTOP],
  // All that its children may need, because they can get only what the daemon has, and its own names.
  daemon: [...PLACE, ...WINDOWS, ...LIBRARIES, ...AGENT, ...OURS],
};

export type Environment = Readonly<Record<string, string | undefined>>;

export interface EnvironmentOptions {
  /** More names, from the user's configuration. */
  readonly named?: readonly string[];
  readonly from?: Environment;
  readonly platform?: NodeJS.Platform;
}

/** The variables of this process that a process for this purpose gets. Every child gets its environment here. */
export function environmentFor(purpose: Purpose, options: EnvironmentOptions = {}): Record<string, string> {
  const { named = [], from = process.env, platform = process.platform } = options;
  const allowed = matcher([...BY_PURPOSE[purpose], ...named], platform === 'win32');
  const chosen = Object.entries(from).filter(([name, value]) => value !== undefined && allowed(name));
  return Object.fromEntries(chosen) as Record<string, string>; // undefined was left out
}

/**
 * Removes all other variables from the environment of this process; for a daemon that was started from a shell.
 * The system still shows the variables from its start (/proc/PID/environ); only a new process is without them.
 */
export function forgetOthers(named: readonly string[], env: NodeJS.ProcessEnv = process.env): void {
  const kept = environmentFor('daemon', { named, from: env });
  for (const name of Object.keys(env)) if (!(name in kept)) delete env[name];
}

function matcher(names: Names, ignoresCase: boolean): (name: string) => boolean {
  const fold = (name: string) => (ignoresCase ? name.toLowerCase() : name);
  const whole = new Set(names.filter((name) => !name.endsWith('*')).map(fold));
  const beginnings = names.filter((name) => name.endsWith('*')).map((name) => fold(name.slice(0, -1)));
  return (name) => whole.has(fold(name)) || beginnings.some((beginning) => fold(name).startsWith(beginning));
}
