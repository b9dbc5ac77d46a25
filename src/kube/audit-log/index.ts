/** What events of the API server's audit log tell of who used which right. */
export * from './request-log.js'
export * from './audit-event.js'
