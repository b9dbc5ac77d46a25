declare const RAMPART_VERSION: string | undefined

/** This build's version; `0.0.0-dev` when run from source. */
export const VERSION: string = typeof RAMPART_VERSION === 'string' ? RAMPART_VERSION : '0.0.0-dev'
