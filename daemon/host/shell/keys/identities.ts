/** The keys offered to a host, in OpenSSH's order: certificates, the agent's keys (configured ones first), then files. */
import type { Clock } from '../../../clock.js';
import { coerceError } from '../../../errors.js';
import type { SshTarget } from '../target.js';
import { Agent, type AgentKey, type Digest } from './agent.js';
import { type Certificate, certifiedType, objectionToCertificate, parseCertificate } from './certificate.js';
import {
  type CertificateFile,
  isSecurityKey,
  type KeyFile,
  readCertificates,
  readKeyFiles,
  type Tell,
  type Unusable,
} from './key-files.js';
import type { Keychain } from './keychain.js';
import { keyTypeOf } from './known-hosts.js';

export interface Identity {
  /** Where the key is: "agent (me@laptop)" or its file. */
  readonly label: string;
  /** Public key or certificate. */
  readonly blob: Buffer;
  readonly certificate?: Certificate;
  /** The name of the algorithm and the signature, as agents give them. */
  sign(data: Buffer, digest: Digest | undefined): Promise<Buffer>;
}

export interface Identities {
  readonly keys: readonly Identity[];
  readonly unusable: readonly Unusable[];
  /** Other problems, each a clause. */
  readonly remarks: readonly string[];
}

/** Types of keys that servers accept. DSA is obsolete. */
const TYPES: readonly string[] = [
  ...['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521', 'ssh-rsa'],
  ...['sk-ssh-ed25519@openssh.com', 'sk-ecdsa-sha2-nistp256@openssh.com'],
];

/** Asks the user nothing: an encrypted key is unlocked only after the host has accepted its public part. */
export async function collectIdentities(target: SshTarget, keychain: Keychain, clock: Clock): Promise<Identities> {
  if (!target.pubkeyAuthentication) return { keys: [], unusable: [], remarks: [] };
  const unusable: Unusable[] = [];
  const remarks: string[] = [];
  const tell: Tell = (kind, clause) => void unusable.push({ kind, clause });
  const files = await readKeyFiles(target, keychain, tell);
  const agent = target.agentSocket === undefined ? undefined : new Agent(target.agentSocket, clock);
  const held = agent === undefined ? [] : await keysOf(agent, tell, remarks);

  const isNamed = ({ blob }: Identity) => files.some(({ publicKey }) => publicKey.equals(blob));
  const certificates = held.filter(({ certificate }) => certificate !== undefined);
  const keys = held.filter(({ certificate }) => certificate === undefined);
  const named = keys.filter(isNamed);
  const others = target.identitiesOnly ? [] : keys.filter((key) => !isNamed(key));
  const fromFiles = files.flatMap((file) => own(file, named, tell));
  const fileCertificates = (await readCertificates(target, tell)).flatMap((found) =>
    certified(found, [...keys, ...fromFiles], files, tell),
  );
  const isOfNamed = ({ certificate }: Identity) => files.some(({ publicKey }) => certificate?.key.equals(publicKey));
  const heldCertificates = target.identitiesOnly ? certificates.filter(isOfNamed) : certificates;
  const offered = [...fileCertificates, ...heldCertificates, ...named, ...others, ...fromFiles];
  return { keys: offered.filter(isFirst), unusable, remarks };
}

/** The agent's keys and certificates. Never rejects. */
async function keysOf(agent: Agent, tell: Tell, remarks: string[]): Promise<Identity[]> {
  try {
    const keys = await agent.keys();
    if (keys.length === 0) {
      remarks.push(`the agent at ${agent.address} shows no keys: load one with ssh-add, or unlock it with ssh-add -X`);
    }
    return keys.flatMap((key) => held(key, agent, tell) ?? []);
  } catch (error) {
    remarks.push(`the agent at ${agent.address} does not answer (${coerceError(error).message})`);
    return [];
  }
}

function held({ blob, comment }: AgentKey, agent: Agent, tell: Tell): Identity | undefined {
  const type = keyTypeOf(blob);
  const label = `agent (${comment || type})`;
  const certificate = parseCertificate(blob);
  const sign = (data: Buffer, digest: Digest | undefined) => agent.sign(blob, data, digest);
  if (certificate?.isForUsers === false)
    return tell('certificate', `the certificate of ${label} ${objectionToCertificate(certificate, '', 0)}`);
  if (certificate !== undefined) return { label: `certificate of ${label}`, blob, certificate, sign };
  if (!TYPES.includes(type)) return tell('key', `${label} has a key of a type that is not used here, ${type}`);
  return { label, blob, sign };
}

/** The key of a file, unless the agent signs with it. */
function own({ file, publicKey, sign }: KeyFile, named: readonly Identity[], tell: Tell) {
  if (named.some(({ blob }) => blob.equals(publicKey))) return [];
  if (sign !== undefined) return [{ label: file, blob: publicKey, sign }];
  if (isSecurityKey(keyTypeOf(publicKey))) {
    tell(
      'security key',
      `${file} is a security key (FIDO), which only an agent can use: load it with ssh-add ${file.replace(/\.pub$/, '')}`,
    );
  }
  return [];
}

function certified(
  { file, blob, certificate, beside }: CertificateFile,
  signers: readonly Identity[],
  files: readonly KeyFile[],
  tell: Tell,
): Identity[] {
  if (!certificate.isForUsers) {
    tell('certificate', `the certificate ${file} ${objectionToCertificate(certificate, '', 0)}`);
    return [];
  }
  const signer = signers.find((key) => key.blob.equals(certificate.key));
  if (signer !== undefined) return [{ ...{ label: `certificate ${file}`, blob, certificate }, sign: signer.sign }];
  const key = files.find((other) => other.file === beside);
  if (key !== undefined && !key.publicKey.equals(certificate.key)) {
    tell(
      'certificate',
      `the certificate ${file} is for another key than ${key.file}; have ${key.file}.pub signed anew`,
    );
  } else if (key !== undefined || beside === undefined) {
    tell(
      'certificate',
      `the certificate ${file} is for a key whose private part is neither in a file nor in the agent`,
    );
  }
  return [];
}

function isFirst({ blob }: Identity, index: number, all: readonly Identity[]): boolean {
  return all.findIndex((other) => other.blob.equals(blob)) === index;
}

/** Whether ssh2 writes a correct request for such a key; if not, user-auth.ts writes it. */
export function isPlain({ blob }: Identity): boolean {
  const type = keyTypeOf(blob);
  return certifiedType(type) === undefined && !isSecurityKey(type);
}
