import { posix } from 'node:path'
import {
  dockerLines,
  ENVIRONMENT_FILE,
  HOME_PROFILES,
  homesOf,
  PROFILE_FOLDER,
  SYSTEM_PROFILES,
} from '../../docker/index.js'
import { redactHostText } from '../../text/index.js'
import type { FileCollector } from './file-collector.js'

/** More contexts of one user are not read. */
const MOST_CONTEXTS = 200

/**
 * Reads what Docker's command line of each user would use: its folder in every home, and the lines of profiles that
 * set its variables. Of keys only that they are there, and who may read them.
 */
export async function readDockerClients(collector: FileCollector): Promise<void> {
  const ofDocker = (text: string): string => redactHostText(dockerLines(text))
  for (const file of [ENVIRONMENT_FILE, ...SYSTEM_PROFILES]) await collector.read(file, ofDocker)
  for (const name of (await collector.list(PROFILE_FOLDER)) ?? []) {
    if (name.endsWith('.sh')) await collector.read(posix.join(PROFILE_FOLDER, name), ofDocker)
  }
  const passwd = collector.files.get('/etc/passwd')?.text
  const listed = ((await collector.list('/home')) ?? []).map((name) => posix.join('/home', name))
  const homes = new Set(['/root', ...listed, ...homesOf(passwd ?? '').map(({ path }) => path)])
  for (const home of homes) {
    for (const name of HOME_PROFILES) await collector.read(posix.join(home, name), ofDocker)
    await readClientFolder(collector, posix.join(home, '.docker'))
  }
  for (const { text = '' } of [...collector.files.values()]) {
    // Where the key is that a profile names: looked at, never read.
    for (const [, folder = ''] of text.matchAll(/\bDOCKER_CERT_PATH=["']?(\/[\w./-]{1,1000})/g)) {
      await collector.look(posix.join(folder, 'key.pem'))
    }
  }
}

async function readClientFolder(collector: FileCollector, folder: string): Promise<void> {
  if ((await collector.look(folder))?.type !== 'directory') return
  await collector.read(posix.join(folder, 'config.json'))
  await collector.look(posix.join(folder, 'key.pem'))
  const contexts = (await collector.list(posix.join(folder, 'contexts/meta'))) ?? []
  for (const id of contexts.slice(0, MOST_CONTEXTS)) {
    await collector.read(posix.join(folder, 'contexts/meta', id, 'meta.json'))
    for (const name of ['ca.pem', 'cert.pem', 'key.pem']) {
      await collector.look(posix.join(folder, 'contexts/tls', id, 'docker', name))
    }
  }
}
