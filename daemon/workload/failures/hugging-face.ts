/**
 * Failures between the host and Hugging Face. A host without access to a model (class host) is distinguished from a
 * network that is down (class transient): LocalEntryNotFoundError means the latter.
 */
import type { KnownFailure } from './known-failure.js';

export const HUGGING_FACE_FAILURES: readonly KnownFailure[] = [
  {
    code: 'clock_off',
    class: 'host',
    pattern:
      /certificate is not yet valid|certificate has expired|RequestTimeTooSkewed|Signature (?:expired|not yet current)/i,
    sentence: 'The clock of the host is off, so that certificates and signatures of today are not valid there.',
    remedy:
      'Set it ("timedatectl set-ntp true"); if it is right, the root certificates of the image are too old (package ca-certificates).',
    source: 'huggingface/transformers#8690, KasRoudra/PyPhisher#246, koderover/zadig#1660',
  },
  {
    code: 'tls_untrusted',
    class: 'host',
    pattern: /CERTIFICATE_VERIFY_FAILED|SSLCertVerificationError|unable to get local issuer|self.signed certificate/i,
    sentence: 'The host does not trust the certificate that it was shown in place of that of Hugging Face.',
    remedy:
      'A proxy opens the connections there: give the container its root certificate (REQUESTS_CA_BUNDLE, SSL_CERT_FILE in the env file).',
    source: 'songyouwei/ABSA-PyTorch#229, wandb/wandb#3700',
  },
  {
    code: 'proxy_password',
    class: 'host',
    pattern: /407 Proxy Authentication Required/,
    sentence: 'The proxy of the host wants a name and a password.',
    remedy: 'Write them into HTTPS_PROXY in the env file of the host.',
    source: 'huggingface/huggingface_hub#2625',
  },
  {
    code: 'link_expired',
    class: 'transient',
    pattern: /403[^\n]{0,80}(?:cas-bridge|xethub|cdn-lfs|cloudfront|amazonaws)|Request has expired/,
    sentence: 'A download link of Hugging Face had expired when it was used.',
    remedy: 'It is retried automatically; if it keeps failing, check the clock and the network of the host.',
    source: 'huggingface_hub file_download.py: links of the storage are signed for an hour',
  },
  {
    code: 'hf_token_invalid',
    class: 'host',
    pattern:
      /Invalid credentials in Authorization header|token seems invalid|Access Token [^\n]{0,80}expired|Invalid user token|Invalid username or password/,
    sentence: 'Hugging Face does not take the token of this host: it is wrong, revoked or expired.',
    remedy: 'Make a new one at huggingface.co/settings/tokens (kind "read"), and put it into the env file as HF_TOKEN.',
    source: 'sillsdev/silnlp#791, deepbeepmeep/Wan2GP#455, huggingface/huggingface_hub#2507',
  },
  {
    code: 'hf_token',
    class: 'host',
    pattern: /401 (?:Client Error|Unauthorized)|LocalTokenNotFoundError|Token is required/,
    sentence: 'Hugging Face knows no token of this host.',
    remedy: 'Put HF_TOKEN into the env file of the host, from an account that accepted the licences of the models.',
    source: 'vllm-project/semantic-router#817, ToTheBeginning/PuLID#97',
  },
  {
    code: 'hf_review',
    class: 'host',
    pattern: /awaiting a review from the repo authors|Your request to access model ([\w./-]{1,100}) is awaiting/,
    sentence: 'The owners of a model have not yet answered the request of the account of this host.',
    remedy: 'Wait for their answer, or use the token of an account that has one.',
    source: 'huggingface_hub utils/_http.py (GatedRepoError, in the words of the server)',
  },
  {
    code: 'hf_gated',
    class: 'host',
    pattern:
      /Access to model ([\w./-]{1,100}) is restricted|GatedRepoError|Cannot access gated repo|not in the authorized list|repository requires approval|(?<!Tunnel connection failed: )403 (?:Client Error|Forbidden)/,
    sentence: 'Hugging Face does not let the account of this host have a model{ (%)}.',
    remedy: 'Accept the licence of nvidia/Cosmos-Guardrail1 (and of the model that the log names) with that account.',
    source: 'ariG23498/gemma3-object-detection#5, kubeai-project/kubeai#155',
  },
  {
    code: 'checkpoint_gone',
    class: 'host',
    pattern:
      /RevisionNotFoundError|Revision Not Found|RepositoryNotFoundError|Repository Not Found|(?<!Local)EntryNotFoundError|404 Client Error/,
    sentence: 'A checkpoint that the checkout on the host asks for is no longer on Hugging Face.',
    remedy: 'Update the checkout of cosmos-transfer2.5 to one of 2026-04-14 or later.',
    source: 'nvidia-cosmos/cosmos-transfer2.5 pull request #220',
  },
  {
    code: 'hf_busy',
    class: 'transient',
    pattern: /429 Client Error|429 Too Many Requests|\b429\b[^\n]{0,40}(?:rate limit|Too Many)/i,
    sentence: 'Hugging Face limits how often this host may ask (HTTP 429).',
    remedy: 'It is retried automatically; a token (HF_TOKEN) and checkpoints that are kept raise the limit.',
    source: 'huggingface/transformers#34841, huggingface/datasets#7871',
  },
  {
    code: 'hf_down',
    class: 'transient',
    pattern: /\b(5\d\d) Server Error|Server error '(5\d\d)\b/,
    sentence: 'Hugging Face has a fault of its own (HTTP %).',
    remedy: 'It is retried automatically; status.huggingface.co says how they are.',
    source: 'huggingface/huggingface_hub#1516, #3006, SYSTRAN/faster-whisper#212',
  },
];
