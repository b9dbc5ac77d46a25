export * from './authorizer.js'
export * from './policy-file.js'
export * from './policy-line.js'
