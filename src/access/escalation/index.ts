export * from './find-escalations.js'
export * from './technique.js'
export * from './techniques.js'
