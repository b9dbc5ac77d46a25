import { asStrings } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { judgeContainer } from './judge-container.js'
import { remake } from './remake.js'

export const containerSeccompUnconfined = defineCheck({
  id: 'container-seccomp-unconfined',
  title: 'A container may make every system call',
  severity: 'high',
  because: 'faults of the kernel that the default profile hides are open to it',
  reach: 'host',
  appliesTo: 'container',
  why: "Docker's seccomp profile keeps containers from some fifty system calls that ordinary programs do not need and through which kernels are broken.",
  references: [cisDocker('5.22'), dockerDocs('engine/security/seccomp/')],
  evaluate(subject, report) {
    // Privileged containers have no profile either: that they are privileged is the finding.
    if (subject.container.at(['HostConfig', 'Privileged']) === true) return
    judgeContainer(subject, report, ['HostConfig', 'SecurityOpt'], (value) =>
      asStrings(value).flatMap((option, index) =>
        /^seccomp[=:]unconfined$/.test(option)
          ? {
              severity: 'high' as const,
              at: ['HostConfig', 'SecurityOpt', index],
              key: 'HostConfig.SecurityOpt seccomp',
              seen: `\`SecurityOpt\` holds \`${option}\``,
              message: `container \`${subject.container.name}\` runs without a seccomp profile`,
              fix: remake(subject, {
                run: 'without `--security-opt seccomp=unconfined`, or with a profile of its own in place of `unconfined`',
                compose: 'take `seccomp:unconfined` out of `security_opt`',
                breaks: 'programs that use rare system calls (debuggers, nested containers)',
              }),
            }
          : [],
      ),
    )
  },
  examples: {
    bad: containerWith({ HostConfig: { SecurityOpt: ['seccomp=unconfined'] } }),
    good: containerWith(),
  },
})
