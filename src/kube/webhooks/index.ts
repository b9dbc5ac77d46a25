/**
 * Admission webhooks as the API server reads them: what they cover, what they leave out, who they are.
 * Takes objects, gives answers about them.
 */
export * from './webhooks.js'
export * from './engines.js'
