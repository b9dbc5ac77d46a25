/** The resources of an API server: built-in ones by version, those of definitions, and what a name means. */
export * from './catalogue.js'
export * from './built-in.js'
export * from './custom-resources.js'
export * from './estate-catalogue.js'
export * from './preferred-resources.js'
export * from './resolve-resource.js'
export * from './asked-verbs.js'
export * from './virtual-resources.js'
