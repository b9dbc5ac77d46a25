import { need, type Technique } from './technique.js'

/** Held by the credential of a node: what the service accounts of its pods hold. No rule of the node itself gives it. */
export const NODE_CREDENTIAL: Technique = {
  id: 'escalation-node-credential',
  may: 'act as service accounts with wide rights, whose pods run on it',
  sink: 'service accounts',
  ways: [],
  severity: { cluster: 'medium' },
  listed: true,
  remedy: 'Take rights from the service account, or keep its pods on nodes that run nothing else.',
}

/** Somebody may make the account that a binding already gives rights to, and then run as it. */
export const ABSENT_ACCOUNT: Technique = {
  id: 'escalation-absent-account',
  may: 'create service accounts that do not exist and that bindings give rights to',
  sink: 'service accounts',
  ways: [
    [need('', 'serviceaccounts', 'create'), need('', 'serviceaccounts/token', 'create')],
    [need('', 'serviceaccounts', 'create'), need('', 'pods', 'create')],
  ],
  severity: { cluster: 'medium', namespace: 'medium' },
  listed: true,
  remedy: 'Delete bindings of accounts that do not exist, or take their names out.',
}

/** Techniques that depend on what else is in the cluster: pods on nodes, accounts that are missing. */
export const ESTATE_TECHNIQUES: readonly Technique[] = [NODE_CREDENTIAL, ABSENT_ACCOUNT]
