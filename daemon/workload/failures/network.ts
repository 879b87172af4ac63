/** Downloads that did not finish; a later try may work. */
import type { KnownFailure } from './known-failure.js';

const AGAIN = 'It is retried automatically; if it keeps failing, look at the network of the host.';

const DOWNLOAD = {
  code: 'download',
  class: 'transient',
  sentence: 'A download broke off on the host.',
  remedy: AGAIN,
} as const;

export const NETWORK_FAILURES: readonly KnownFailure[] = [
  {
    code: 'name_resolution',
    class: 'transient',
    pattern:
      /Failed to resolve '([^'\n]{1,100})|Temporary failure in name resolution|NameResolutionError|Name or service not known|getaddrinfo failed|Could not resolve host: (\S{1,100})/,
    sentence: 'The host cannot look up names{ (%)}.',
    remedy: 'It is retried automatically; if it keeps failing, look at the DNS of the host and of its containers.',
    source: 'huggingface/text-generation-inference#492, agent0ai/agent-zero#1531, TabbyML/tabby#663',
  },
  {
    code: 'proxy',
    class: 'transient',
    pattern:
      /ProxyError|WRONG_VERSION_NUMBER|Unable to connect to proxy|Cannot connect to proxy|Tunnel connection failed/,
    sentence: 'The proxy of the host does not let a download through.',
    remedy: 'It is retried automatically; if it keeps failing, check HTTPS_PROXY in the env file of the host.',
    source: 'anapnoe/stable-diffusion-webui-ux#211, declare-lab/tango#54',
  },
  {
    code: 'hf_away',
    class: 'transient',
    pattern:
      /LocalEntryNotFoundError: (?!Cannot find)|check your (?:internet )?connection|make sure your Internet connection|couldn't connect to 'https:\/\/huggingface\.co'/i,
    sentence: 'Hugging Face could not be reached from the host.',
    remedy: AGAIN,
    source: 'haoheliu/AudioLDM2#46, docling-project/docling#1308, bwconrad/video-content-search#1',
  },
  {
    code: 'hf_offline',
    class: 'host',
    pattern: /outgoing traffic has been disabled|OfflineModeIsEnabled|HF_HUB_OFFLINE|LocalEntryNotFoundError/,
    sentence: 'The host is not to download anything (HF_HUB_OFFLINE), and a checkpoint is not in its cache.',
    remedy: 'Take HF_HUB_OFFLINE out of its env file for one run, or copy the checkpoint into its cache.',
    source: 'harry0703/MoneyPrinterTurbo#196, huggingface/huggingface_hub#4487',
  },
  {
    ...DOWNLOAD,
    pattern:
      /(?:requests|urllib3|httpx|httpcore|aiohttp)\.[\w.]{0,40}(?:Error|Exception|Timeout|Disconnected)\b|Max retries exceeded|Network is unreachable|No route to host|Read timed out|IncompleteRead|IncompleteBody|ChunkedEncodingError|RemoteDisconnected|ConnectTimeout|UNEXPECTED_EOF_WHILE_READING|EOF occurred in violation of protocol|Consistency check failed|Data processing error: (?:CAS|File reconstruction)|CasObjectError|curl: \((?:6|7|18|28|35|52|55|56|92)\)/,
    source: 'huggingface/huggingface_hub#1498, #3036, huggingface/xet-core#303, #444, docling-project/docling#2157',
  },
  {
    ...DOWNLOAD,
    pattern:
      /Rank 0 download failed|(?:TimeoutError|Connection(?:Reset|Refused|Aborted)Error): \[Errno|CalledProcessError[^\n]{0,200}\bhf\b[^\n]{0,200}download|error: Failed to (?:fetch|download)/,
    isWeak: true,
    source: 'uv; cosmos_oss/checkpoints (what the failed download leaves behind in the other ranks)',
  },
];
