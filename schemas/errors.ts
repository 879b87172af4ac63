/** The error codes of the protocol: clients switch on the code, people read the message. */
import * as z from 'zod';

/** user = never retried; host = try another slot; transient = retried after a back-off. */
export const FailureClass = z.enum(['user', 'host', 'transient']);
export type FailureClass = z.infer<typeof FailureClass>;

/** code -> [JSON-RPC number, what it means]. */
export const errorCodes = {
  invalid_params: [-32602, 'The request does not have the right shape; data names the field.'],
  unknown_method: [-32601, 'There is no such method.'],
  internal: [-32603, 'A defect of the daemon; the log has the details.'],
  unauthorized: [1001, 'The token is missing or wrong.'],
  protocol_mismatch: [1002, 'Client and daemon speak different protocol versions.'],
  not_found: [1003, 'No clip, job, run, result, host, preset or folder of that name; data.near has similar names.'],
  ambiguous: [1004, 'The name fits more than one thing; data.candidates lists them.'],
  wrong_state: [1005, 'The job, clip or preset cannot do that as things are; the message says why.'],
  clip_not_ready: [1006, 'The clip is not ready; the message says why.'],
  clip_changed: [1007, 'Files of the clip changed after the job was submitted.'],
  spec_invalid: [1008, 'The spec has errors; data.issues lists them.'],
  no_prompt: [1009, 'Nothing gives a prompt for this job.'],
  no_host: [1010, 'No host can run this engine.'],
  config_invalid: [1011, 'The configuration has an error; the message names file, key and line.'],
  encode_failed: [1012, 'ffmpeg could not read or write a pass.'],
  media_tool_missing: [1013, 'ffmpeg or ffprobe is missing or too old; the message says what to install.'],
  output_invalid: [1014, 'The output is missing, broken or not what the spec asks for.'],
  run_failed: [1015, 'The run ended without this output; the log has the reason.'],
  run_lost: [1016, 'The run vanished without an exit code.'],
  disk_full: [1017, 'No space is left on the host.'],
  already_running: [1018, 'Another daemon uses this state folder.'],
  daemon_unreachable: [1019, 'No daemon answers and none could be started.'],
  state_newer: [1020, 'The state folder was written by a newer version.'],
  usage: [1021, 'The command line does not make sense.'],
  no_space_here: [1022, 'No space is left on the computer of the daemon, which goes on when there is some.'],
  job_moved: [1023, 'The job was changed since the caller looked at it; data has its state and fence now.'],
  daemon_silent: [1024, 'A daemon is there and does not answer; data.pid is its process.'],
  daemon_died: [1025, 'The daemon died again and again while it was at work on the job; data.step says at what.'],
  disk_silent: [1026, 'A disk does not answer, so nothing on it is read or written; data.disk is where it is mounted.'],
  file_refused: [
    1027,
    'What lies at the path is not read: no file, too big, or outside of what may be read; data.file.',
  ],
  state_locked: [
    1028,
    'A process that is no daemon of this user holds the lock of the state folder; data.pid, data.uid.',
  ],
  too_many: [1029, 'More than one client may have at a time; data.limit says how much, data.retryAfterMs when to ask.'],
  host_name_unknown: [1030, 'The name of the host has no address.'],
  host_refused: [1031, 'Nothing listens at the port of the host.'],
  host_timeout: [1032, 'The host does not answer.'],
  host_unreachable: [1033, 'No network path leads to the host; data.through names a jump host in between.'],
  host_key_unknown: [
    1034,
    'The key of the host is not known; data has fingerprint, keyType and the command that trusts it.',
  ],
  host_key_changed: [1035, 'The key of the host is not the known one; data has both fingerprints.'],
  host_key_revoked: [1036, 'The key of the host is revoked.'],
  host_handshake_failed: [1037, 'What answers at the port does not speak SSH as we do.'],
  host_auth_failed: [1038, 'The host accepted none of our keys; data.tried lists them.'],
  identity_locked: [1039, 'A private key stays locked; data.file names it.'],
  host_channel_limit: [1040, 'The host opens no more channels on one connection.'],
  host_connection_lost: [1041, 'The connection to the host was lost.'],
  host_shell_failed: [1042, 'The login shell of the host does not run our commands.'],
  host_file_failed: [1043, 'The host could not read or write a file; data.path names it.'],
  host_asks: [1044, 'The host asks for more than a key, and nobody was there to answer; data.methods says how.'],
  docker_unreachable: [1050, 'Docker on the host does not answer, or the SSH user may not use it.'],
  container_failed: [1051, "The container could not be started; the message has Docker's reason."],
  container_conflict: [1052, 'A container that is not ours has the name that the run needs.'],
  image_missing: [1053, 'The container image is not on the host.'],
  gpu_runtime_missing: [1054, 'Docker on the host cannot give GPUs to containers.'],
  gpu_query_failed: [1055, 'nvidia-smi on the host gave no answer that can be understood.'],
  gpu_memory_held: [1056, 'Memory of the GPUs stayed in use after the run was stopped.'],
  secrets_exposed: [1057, 'The file of secrets on the host is missing, or others may read it.'],
  host_step_failed: [1058, 'A command on the host failed; the message has its last words.'],
  gpu_busy: [1059, 'The GPUs of the slot are in use by somebody else; data.holders names them where known.'],
  transfer_failed: [1060, 'A file arrived with another content than it was sent with; nothing of it was kept.'],
  host_forgotten: [1061, 'The host was forgotten while the job was on it.'],
  host_in_use: [1062, 'Jobs are on the host; data.jobs lists them.'],
  leases_blocked: [1063, 'Somebody on the host keeps its lease folder from being used; data.why says who and how.'],
  too_much_from_host: [1066, 'The host offers more than the job can have; nothing of it was fetched.'],
  plugin_install_failed: [
    1070,
    'The Houdini plugin could not be put there or taken away; data.files lists what is in the way.',
  ],
} as const satisfies Record<string, readonly [number, string]>;

export type ErrorCode = keyof typeof errorCodes;

/** The data member of a JSON-RPC error. */
export const ErrorData = z.object({ code: z.string() }).catchall(z.json());
export type ErrorData = z.infer<typeof ErrorData>;
