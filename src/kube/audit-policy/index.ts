/** What an audit policy records of which request, as the API server decides it. */
export * from './read-audit-policy.js'
export * from './match-audit-rule.js'
export * from './recorded.js'
