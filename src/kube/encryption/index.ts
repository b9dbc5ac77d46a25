/** How the API server encrypts what it stores, without its keys. */
export * from './read-encryption-configuration.js'
export * from './providers-of.js'
