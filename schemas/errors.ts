/** Error codes that cross the wire. A client switches on the code; people read the message. */
import { z } from 'zod';

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
  not_found: [1003, 'No clip, job, run, result, host or folder of that name; data.near has similar names.'],
  ambiguous: [1004, 'The name fits more than one thing; data.candidates lists them.'],
  wrong_state: [1005, 'The job cannot do that in its present state.'],
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
  disk_full: [1017, 'No space is left.'],
  already_running: [1018, 'Another daemon uses this state folder.'],
  daemon_unreachable: [1019, 'No daemon answers and none could be started.'],
  state_newer: [1020, 'The state folder was written by a newer version.'],
  usage: [1021, 'The command line does not make sense.'],
} as const satisfies Record<string, readonly [number, string]>;

export type ErrorCode = keyof typeof errorCodes;

/** The data member of a JSON-RPC error. */
export const ErrorData = z.object({ code: z.string() }).catchall(z.json());
export type ErrorData = z.infer<typeof ErrorData>;
