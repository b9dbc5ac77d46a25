/** A local way to the API server: as kubectl proxy, or with a session, rules and a guard against other sites. */
export { type AcceptHost } from './browser-guard.js'
export { type Policy } from './decide.js'
export { kubectlFilter, KUBECTL_DEFAULTS, type Filter, type FilterTexts } from './kubectl-filter.js'
export { startProxy, type LogEntry, type ProxyOptions, type RunningProxy } from './proxy-server.js'
export { SENSITIVE, type Sensitive } from './sensitive.js'
export { Session } from './session.js'
export { findDashboard, type Dashboard } from './dashboard.js'
