/** What of the rights of a binding was used, by the requests that an audit log shows. */
export * from './shown-in-log.js'
export * from './use-of-rule.js'
export * from './use-of-binding.js'
