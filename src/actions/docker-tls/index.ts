/**
 * Mutual TLS for dockerd: an authority with its own folder, certificates, daemon.json and the unit's drop-in, clients.
 * Takes this machine's daemon and what the user wants, gives a plan as data, and carries it out with a way back.
 * Does nothing without a plan; touches no file that it did not make but daemon.json, and no daemon but the one named.
 */
export { readDaemon } from './read-daemon.js'
export { keyIsEncrypted, ownerOf, readAuthority, readInventory } from './read-authority.js'
export { alternativeName, parseListen, tcpWord } from './plan-addresses.js'
export { clientName, contextName } from './plan-client-place.js'
export { AUTHORITY_FILES, type DockerTlsPlan, type Lives, type PlanContext } from './docker-tls-plan.js'
export { planSetup } from './plan.js'
export { planAddClient, planRotate } from './plan-clients.js'
export { planRevoke } from './plan-revoke.js'
export type { ClientPlace, Inventory, MintedCertificate } from './inventory.js'
export type { ProbedDaemon } from './probe-daemon.js'
export { restartWords } from './restart-daemon.js'
export { forgetKeysOfEndedRuns, openDockerTlsRun, putBackDockerTls, runDockerTls } from './run-docker-tls.js'
