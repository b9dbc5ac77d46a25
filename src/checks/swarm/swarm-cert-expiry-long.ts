import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { swarmWith } from './example-swarm.js'
import { judgeSwarm } from './judge-swarm.js'

/** Docker's own, in nanoseconds. Source: moby/swarmkit ca/certificates.go, DefaultNodeCertExpiration. */
const DEFAULT = 90 * 24 * 3600 * 1e9

export const swarmCertExpiryLong = defineCheck({
  id: 'swarm-cert-expiry-long',
  title: 'Certificates of the nodes of a swarm live longer than Docker gives them',
  severity: 'low',
  because: 'the key of a node that was taken away serves until then',
  reach: 'host',
  appliesTo: 'object',
  kinds: ['Info.docker'],
  why: 'Nodes of a swarm renew their certificates by themselves, every 90 days unless told otherwise. A longer life only helps who stole one.',
  references: [cisDocker('7.7'), dockerDocs('engine/swarm/how-swarm-mode-works/pki/')],
  evaluate(subject, report) {
    judgeSwarm(subject, report, ['Cluster', 'Spec', 'CAConfig', 'NodeCertExpiry'], (value) => {
      if (typeof value !== 'number' || value <= DEFAULT) return undefined
      const days = Math.round(value / (24 * 3600 * 1e9))
      return {
        seen: `\`NodeCertExpiry\` is ${days} days`,
        message: `certificates of nodes live ${days} days`,
        fix: {
          text: 'Go back to 90 days, on a manager; nodes get new certificates in turn.',
          edits: [],
          commands: ['docker swarm update --cert-expiry 2160h'],
          risk: 'none',
          needs: [],
          verify: 'docker info',
        },
      }
    })
  },
  examples: { bad: swarmWith({ certExpiry: 31536000000000000 }), good: swarmWith() },
})
