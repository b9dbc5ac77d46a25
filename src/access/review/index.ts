export * from './attributes-of-spec.js'
export * from './raw-label-selector.js'
