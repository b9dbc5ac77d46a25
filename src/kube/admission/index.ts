/** How admission plug-ins are configured by files. */
export * from './read-admission-configuration.js'
export * from './read-pod-security-configuration.js'
export * from './read-image-policy.js'
