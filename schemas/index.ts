/** The only door of the schemas. */
export * from './clip.js';
export * from './config.js';
export * from './discovery.js';
export * from './errors.js';
export * from './estimate.js';
export * from './event.js';
export * from './frame-rate.js';
export * from './host.js';
export * from './job.js';
export * from './preset.js';
export * from './protocol.js';
export * from './run.js';
export * from './spec/control-outlook.js';
export * from './spec/issue.js';
export * from './spec/loss.js';
export * from './spec/outlook.js';
export * from './submit.js';
