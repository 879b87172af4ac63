/** The page inside a webview: its HTML with a strict content policy, and typed messages. */
import { randomBytes } from 'node:crypto';
import { type Disposable, env, l10n, Uri, type Webview } from 'vscode';
import type { FromPage, ToPage } from './messages.js';

export class PageHost {
  /** @param resources folder of the page's script and style; nothing else can be loaded. */
  constructor(
    private readonly webview: Webview,
    resources: Uri,
  ) {
    webview.options = { enableScripts: true, localResourceRoots: [resources] };
    webview.html = documentOf(webview, resources);
  }

  /** Ignores messages that do not parse, because the page is not trusted. */
  onMessage(listener: (message: FromPage) => void): Disposable {
    return this.webview.onDidReceiveMessage(async (message: unknown) => {
      const { FromPage } = await import('./messages.js'); // brings zod along: see extension.ts
      const parsed = FromPage.safeParse(message);
      if (parsed.success) listener(parsed.data);
    });
  }

  post(message: ToPage): void {
    void this.webview.postMessage(message); // false = the page is hidden; it asks again when it becomes visible
  }
}

function documentOf(webview: Webview, resources: Uri): string {
  const nonce = randomBytes(16).toString('base64url');
  const address = (name: string) => String(webview.asWebviewUri(Uri.joinPath(resources, name)));
  const policy = `default-src 'none'; img-src data:; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  const language = l10n.bundle === undefined ? 'en' : env.language; // without translations, every text is English
  return `<!DOCTYPE html>
<html lang="${attribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${attribute(l10n.t('Prompt and Weights'))}</title>
<link rel="stylesheet" href="${address('editor.css')}">
</head>
<body>
<main data-words="${attribute(JSON.stringify(l10n.bundle ?? {}))}"></main>
<script nonce="${nonce}" src="${address('editor.js')}"></script>
</body>
</html>`;
}

/** Escapes a text for HTML, as an attribute value or as content. */
function attribute(words: string): string {
  return words.replace(/[&"<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
