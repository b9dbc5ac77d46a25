export * from './find-escalations.js'
export * from './technique.js'
export * from './techniques.js'
export * from './can-grant.js'
