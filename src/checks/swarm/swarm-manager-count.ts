import { valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cisDocker, dockerDocs } from '../references.js'
import { swarmWith } from './example-swarm.js'
import { judgeSwarm } from './judge-swarm.js'

export const swarmManagerCount = defineCheck({
  id: 'swarm-manager-count',
  title: 'The number of managers of a swarm makes it weaker',
  severity: 'low',
  because:
    'availability, and each manager is a place where the swarm can be taken over; info for a swarm of one node',
  reach: 'host',
  appliesTo: 'object',
  kinds: ['Info.docker'],
  why: 'A swarm goes on while more than half of its managers do: one alone is lost with its host, an even number bears no more than the odd one below. Each manager holds all secrets, so that more than seven only add ways in.',
  references: [cisDocker('7.1'), dockerDocs('engine/swarm/raft/')],
  evaluate(subject, report) {
    const nodes = valueAt(subject.object.content, ['Swarm', 'Nodes'])
    judgeSwarm(subject, report, ['Managers'], (value) => {
      if (typeof value !== 'number' || value < 1) return undefined
      const wrong =
        value === 1
          ? 'is lost with its host'
          : value % 2 === 0
            ? 'bear no more than one less would'
            : 'are more than needed'
      if (value > 1 && value <= 7 && value % 2 === 1) return undefined
      return {
        ...(nodes === 1
          ? { severity: 'info' as const, because: 'the swarm has one node: there is nobody to share with' }
          : {}),
        seen: `\`Managers\` is ${value}`,
        message: value === 1 ? `the one manager of the swarm ${wrong}` : `${value} managers ${wrong}`,
        fix: advice(
          'Have three managers, or five: `docker node promote NODE` and `docker node demote NODE`, one at a time, so that more than half of them always answer.',
          { breaks: 'the swarm, if more than half of its managers are away at once' },
        ),
      }
    })
  },
  examples: { bad: swarmWith({ managers: 1 }), good: swarmWith() },
})
