/**
 * The Common Expression Language as Kubernetes uses it: parse, check, evaluate, with a limit on the cost.
 * Takes an expression and an environment, gives a program or its faults. Does no I/O and never throws on input.
 */
export * from './types.js'
export * from './values.js'
export * from './functions.js'
export * from './environment.js'
export * from './compile.js'
export * from './standard.js'
export * from './kubernetes/index.js'
export { specLibraries } from './spec-libraries.js'
export { equal } from './equality.js'
export { patternCost, sizeOf, traversal } from './cost.js'
