/**
 * Asks addresses what they give to whom: kubelets, API servers, etcd, the Docker API. Takes addresses that the user
 * named, gives findings and what each answer was. GET alone, within limits of time, bytes and rate; the network is
 * touched here and in no other file of it.
 */
export { dockerProbeTable, type DockerProbeRow } from './docker-probe-table.js'
export { formatEndpoint, parseAddress, type Address, type Endpoint } from './address.js'
export { identityFrom, type ClientIdentity, type Credential } from './credential.js'
export { nodeAddresses } from './node-addresses.js'
export { questions, type Question } from './questions.js'
export { runProbes, type ProbeKind, type ProbeOptions } from './run-probes.js'
