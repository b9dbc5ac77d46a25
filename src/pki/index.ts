/**
 * Certificates: read and judged. Takes PEM text, gives answers. Does no I/O.
 */
export * from './ca-bundle.js'
export * from './certificate-facts.js'
export * from './chain.js'
export * from './encrypt-private-key.js'
export * from './issue-certificate.js'
export * from './private-keys.js'
