export * from './attributes-of-spec.js'
