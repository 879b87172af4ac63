/** All editor features for specs. */
import path from 'node:path';
import { Disposable, type ExtensionContext, languages, type TextDocument } from 'vscode';
import type { Bridge } from '../bridge.js';
import { isSamePath } from '../same-path.js';
import { SpecChecks } from './checks.js';
import { SpecCompletions } from './completions.js';
import { showFindings } from './findings.js';
import { SpecFixes } from './fixes.js';
import { SpecHints } from './hints.js';
import { SpecHovers } from './hovers.js';
import { JobSpecs } from './job-specs.js';
import { SpecLenses } from './lenses.js';
import { rulePages } from './rule-pages.js';
import { serveSchema } from './schema-document.js';
import { isNamedSpec, SPEC_SELECTOR } from './spec-files.js';
import { showStatus } from './status.js';

export class SpecFeatures {
  readonly checks: SpecChecks;
  readonly jobs: JobSpecs;
  private readonly parts: Disposable;

  constructor(bridge: Bridge, { extensionUri }: Pick<ExtensionContext, 'extensionUri'>) {
    const checks = new SpecChecks(bridge);
    const explainsKeys = explains(bridge);
    const completions = new SpecCompletions(explainsKeys, passesOf(bridge));
    this.checks = checks;
    this.jobs = new JobSpecs(bridge);
    this.parts = Disposable.from(
      checks,
      this.jobs,
      serveSchema(bridge.link),
      rulePages(extensionUri),
      showStatus(bridge, checks),
      ...showFindings(checks),
      languages.registerCodeActionsProvider(SPEC_SELECTOR, new SpecFixes(checks), {
        providedCodeActionKinds: SpecFixes.kinds,
      }),
      languages.registerCompletionItemProvider(SPEC_SELECTOR, completions, '"', '/'),
      languages.registerHoverProvider(SPEC_SELECTOR, new SpecHovers(checks, explainsKeys)),
      languages.registerInlayHintsProvider(SPEC_SELECTOR, new SpecHints(checks)),
      languages.registerCodeLensProvider(SPEC_SELECTOR, new SpecLenses(checks)),
    );
  }

  dispose(): void {
    this.parts.dispose();
  }
}

/** Without a connection, VS Code's JSON support explains the specs whose schema it has. */
function explains({ link }: Bridge): (document: TextDocument) => boolean {
  return (document) => link.state.kind === 'connected' || !isNamedSpec(document);
}

/** The passes of the clip to which the spec belongs, by the names that its job uses. */
function passesOf({ store }: Bridge): (document: TextDocument) => readonly string[] {
  return ({ uri: { fsPath } }) => {
    const clip = [...store.clips.values()].find((one) => {
      return [one.specFile ?? one.path, path.join(one.path, `${one.name}.cosmos.json`)].some((file) =>
        isSamePath(file, fsPath),
      );
    });
    return clip?.passes.map((pass) => `inputs/${pass}.mp4`) ?? [];
  };
}
