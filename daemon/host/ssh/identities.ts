/** The keys that are offered to a host, in order: the agent's, then files. */
import { readFile } from 'node:fs/promises';
import ssh2, { type KnownPublicKeys, type OpenSSHAgent, type ParsedKey, type SigningRequestOptions } from 'ssh2';
import { coerceError, errnoOf } from '../../errors.js';
import type { Keychain } from './keychain.js';
import { publicPartOf } from './public-part.js';
import type { SshTarget } from './target.js';

/** What RSA is to use; other keys have one of their own. */
export type Digest = SigningRequestOptions['hash'];

export interface Identity {
  /** Where the key is: "agent (me@laptop)" or its file. */
  readonly label: string;
  readonly publicKey: ParsedKey;
  sign(data: Buffer, hash: Digest): Promise<Buffer>;
}

export interface Identities {
  readonly keys: readonly Identity[];
  /** Why a key or the agent could not be used, each a clause for a person. */
  readonly remarks: readonly string[];
}

/** Asks no person anything: an encrypted key is unlocked when the host has accepted its public part. */
export async function collectIdentities(target: SshTarget, keychain: Keychain): Promise<Identities> {
  const remarks: string[] = [];
  const note = (remark: string): undefined => void remarks.push(remark);
  const loaded = await Promise.all(target.identityFiles.map((file) => loadFile(file, target, keychain, note)));
  const files = loaded.filter((key) => key !== undefined);
  const held = await agentIdentities(target.agentSocket, note);
  const isNamed = ({ publicKey }: Identity) => files.some((file) => isSameKey(file.publicKey, publicKey));
  const named = held.filter(isNamed);
  const others = target.identitiesOnly ? [] : held.filter((key) => !isNamed(key));
  const fromFiles = files.filter(
    (file) => file.hasPrivatePart && !named.some((key) => isSameKey(key.publicKey, file.publicKey)),
  );
  return { keys: [...named, ...others, ...fromFiles], remarks };
}

/** By the public part; the library's own comparison also wants both or none of them to be private. */
export function isSameKey(one: ParsedKey, other: ParsedKey): boolean {
  return one.getPublicSSH().equals(other.getPublicSSH());
}

async function agentIdentities(socket: string | undefined, note: (remark: string) => void): Promise<Identity[]> {
  if (socket === undefined) return [];
  const agent = new ssh2.OpenSSHAgent(socket);
  try {
    const keys = await new Promise<KnownPublicKeys<ParsedKey>>((resolve, reject) => {
      agent.getIdentities((error, found) => (error ? reject(error) : resolve(found ?? [])));
    });
    return keys.flatMap((key) => {
      return 'type' in key ? [held(key, agent)] : []; // the other shape is for those who write an agent
    });
  } catch (error) {
    note(`the agent at ${socket} does not answer (${coerceError(error).message})`);
    return [];
  }
}

function held(publicKey: ParsedKey, agent: OpenSSHAgent): Identity {
  return {
    label: `agent (${publicKey.comment || publicKey.type})`,
    publicKey,
    sign: (data, hash) =>
      new Promise((resolve, reject) => {
        agent.sign(publicKey, data, hash === undefined ? {} : { hash }, (error, signature) => {
          if (signature !== undefined && !error) resolve(signature);
          else reject(error ?? new Error('the agent gave no signature'));
        });
      }),
  };
}

interface FileIdentity extends Identity {
  /** false for a public key file that only says which key of the agent to use. */
  readonly hasPrivatePart: boolean;
}

type Note = (remark: string) => undefined;

async function loadFile(
  file: string,
  target: SshTarget,
  keychain: Keychain,
  note: Note,
): Promise<FileIdentity | undefined> {
  try {
    const text = await readFile(file);
    const key = ssh2.utils.parseKey(text);
    if (key instanceof Error) return await lockedFile(file, text, keychain, note);
    const sign = async (data: Buffer, hash: Digest) => key.sign(data, hash);
    return { label: file, publicKey: key, hasPrivatePart: key.isPrivateKey(), sign };
  } catch (error) {
    const isMissingDefault = errnoOf(error) === 'ENOENT' && !target.identitiesNamed;
    return isMissingDefault ? undefined : note(`${file} cannot be read (${coerceError(error).message})`);
  }
}

async function lockedFile(
  file: string,
  text: Buffer,
  keychain: Keychain,
  note: Note,
): Promise<FileIdentity | undefined> {
  const publicKey = await publicPartOf(file, text);
  if (publicKey === undefined) return note(`${file} is no private key that can be used, or lacks its ${file}.pub`);
  const sign = async (data: Buffer, hash: Digest) => (await keychain.unlock(file)).sign(data, hash);
  return { label: file, publicKey, hasPrivatePart: true, sign };
}
