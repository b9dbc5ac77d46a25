/**
 * npm run -s conformance -- DIR [--answers FILE]
 *
 * Runs every recording below DIR against our engines and prints `NAME: N of M` (`NAME: M answered` where a
 * recording holds no answers, `NAME: not yet` where the engine does not exist). The first five differences go to
 * standard error. Exit 0 all equal and at least one found, 1 a difference, 2 none found or unreadable.
 */
import { writeFileSync } from 'node:fs'
import { corpora } from './corpora.js'
import { findRecordings, readRecording } from './find-recordings.js'
import { runCorpus } from './run-corpus.js'

function main(args: readonly string[]): number {
  const dir = args.find((word, index) => !word.startsWith('--') && args[index - 1] !== '--answers')
  const answersFile = args.includes('--answers') ? args[args.indexOf('--answers') + 1] : undefined
  if (dir === undefined || (args.includes('--answers') && answersFile === undefined)) {
    process.stderr.write('usage: npm run -s conformance -- DIR [--answers FILE]\n')
    return 2
  }
  try {
    return run(dir, answersFile)
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    return 2
  }
}

function run(dir: string, answersFile: string | undefined): number {
  const recordings = findRecordings(
    dir,
    corpora.map((corpus) => corpus.name),
  )
  if (recordings.length === 0) {
    process.stderr.write(`no recording was found below ${dir}\n`)
    return 2
  }
  let exit = 0
  const answers: string[] = []
  for (const { corpus: name, file } of recordings) {
    const corpus = corpora.find((candidate) => candidate.name === name)
    if (corpus?.engine === undefined) {
      process.stdout.write(`${name}: not yet\n`)
      exit = 1
      continue
    }
    const result = runCorpus(corpus, readRecording(file), file)
    answers.push(...result.answers.map((answer) => `${JSON.stringify(answer)}\n`))
    const { compared, equal, total } = result
    process.stdout.write(
      compared === 0 && total > 0 ? `${name}: ${total} answered\n` : `${name}: ${equal} of ${compared}\n`,
    )
    for (const difference of result.differences.slice(0, 5)) process.stderr.write(`${name}: ${difference}\n`)
    if (equal !== compared) exit = 1
  }
  if (answersFile !== undefined) writeFileSync(answersFile, answers.join(''))
  return exit
}

process.exitCode = main(process.argv.slice(2))
