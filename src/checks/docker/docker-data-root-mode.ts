import { shellWord } from '../../kube/index.js'
import { unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { describeFile } from '../file-access.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'

export const dockerDataRootMode = defineCheck({
  id: 'docker-data-root-mode',
  title: 'Others than root may look into the data of Docker',
  severity: 'medium',
  because: 'images, volumes and settings of containers lie there; the folders inside keep most of it shut',
  reach: 'host',
  appliesTo: 'dockerd',
  why: 'Who may list this folder finds volumes and secrets of containers, and set-user-id programs of images.',
  references: [cisDocker('1.1.5'), dockerDocs('engine/security/')],
  evaluate(docker, report) {
    const { machine: host } = docker
    const root = docker.string('data-root')
    if (docker.rootless) return report.notApplicable('the daemon is rootless: the folder is its user’s own')
    if (!root.known) return report.unknown(root)
    const folder = host?.files.get(root.value)
    if (host === undefined || folder?.mode === undefined)
      return report.unknown(
        unknown('no-source', `mode and owner of \`${root.value}\` were not seen`, root.origin),
      )
    const { mode, uid = 0, gid = 0 } = folder
    if ((mode & 0o066) === 0 && uid === 0) return
    const path = shellWord(folder.path)
    const message = `\`${folder.path}\` is ${describeFile(host, folder)}`
    report.fail(
      {
        origin: { kind: 'stat', host: host.name, file: folder.path, mode, uid, gid },
        key: folder.path,
        message,
      },
      {
        message,
        fix: {
          text: `\`${folder.path}\` belongs to root and nobody else may list or write it.`,
          edits: [],
          commands: [
            ...(uid === 0 ? [] : [`chown root:root ${path}`]),
            `chmod ${(mode & 0o7711).toString(8)} ${path}`,
          ],
          risk: 'none',
          needs: [],
          verify: `stat -c '%a %u:%g' ${path}`,
        },
      },
    )
  },
  examples: {
    bad: dockerdWith('{}', '', { '/var/lib/docker/': { text: '', mode: 0o755 } }),
    good: dockerdWith('{}', '', { '/var/lib/docker/': { text: '', mode: 0o710 } }),
  },
})
