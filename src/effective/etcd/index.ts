export * from './etcds-of.js'
