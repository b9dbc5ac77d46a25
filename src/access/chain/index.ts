export * from './built-in.js'
export * from './chain.js'
export * from './match-conditions.js'
export * from './webhook-member.js'
