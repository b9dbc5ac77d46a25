export { readAuditLog } from './read-audit-log.js'
