import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cisDocker, dockerDocs } from '../references.js'
import { swarmWith } from './example-swarm.js'
import { judgeSwarm } from './judge-swarm.js'

export const swarmAutolockOff = defineCheck({
  id: 'swarm-autolock-off',
  title: 'The keys of the swarm lie beside what they lock',
  severity: 'medium',
  because: 'it takes a copy of a disk of a manager; then every secret of the swarm is open',
  reach: 'host',
  appliesTo: 'object',
  kinds: ['Info.docker'],
  why: 'Managers keep the log of the swarm, with its secrets, encrypted; the key is on the same disk. With autolock somebody has to give it after a restart, and a stolen disk or backup is no use.',
  references: [cisDocker('7.5'), dockerDocs('engine/swarm/swarm_manager_locking/')],
  evaluate(subject, report) {
    judgeSwarm(subject, report, ['Cluster', 'Spec', 'EncryptionConfig', 'AutoLockManagers'], (value) =>
      value === false
        ? {
            seen: '`AutoLockManagers` is false',
            message: 'the managers of the swarm start without an unlock key',
            fix: advice(
              '`docker swarm update --autolock=true` on a manager, and keep the key that it prints in a place of its own (`docker swarm unlock-key` shows it again).',
              {
                breaks:
                  'managers that restart alone: each waits for `docker swarm unlock`; without the key the swarm is lost',
              },
            ),
          }
        : undefined,
    )
  },
  examples: { bad: swarmWith({ autolock: false }), good: swarmWith() },
})
