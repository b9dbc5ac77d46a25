import type { Command } from 'commander'

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/** One command's words: its path, sub-commands and options. */
interface Node {
  readonly path: string
  readonly words: readonly string[]
}

/** A completion script for a shell, made from the commands and options that exist. Paths complete as files. */
export function completionScript(program: Command, shell: Shell): string {
  const nodes = nodesOf(program, '')
  switch (shell) {
    case 'bash':
      return bash(nodes)
    case 'zsh':
      // zsh runs the bash script through its own compatibility layer.
      return `autoload -U +X bashcompinit && bashcompinit\n${bash(nodes)}`
    case 'fish':
      return fish(nodes)
  }
}

function nodesOf(command: Command, path: string): Node[] {
  const options = command.options.flatMap((option) =>
    option.long === undefined || option.long === null ? [] : [option.long],
  )
  const words = [...command.commands.map((child) => child.name()), ...options, '--help']
  const children = command.commands.flatMap((child) => nodesOf(child, `${path} ${child.name()}`.trim()))
  return [{ path, words }, ...children]
}

function bash(nodes: readonly Node[]): string {
  const cases = nodes.map((node) => `    "${node.path}") words="${node.words.join(' ')}" ;;`).join('\n')
  return `_rampart() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path="" word words=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case " ${nodes.map((node) => node.path.split(' ').at(-1)).join(' ')} " in
      *" $word "*) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path" in
${cases}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [ \${#COMPREPLY[@]} -eq 0 ] && compopt -o default 2>/dev/null
}
complete -F _rampart rampart kubectl-rampart
`
}

function fish(nodes: readonly Node[]): string {
  const lines = nodes.map((node) => {
    const seen = node.path.split(' ').filter((word) => word !== '')
    const condition =
      seen.length === 0 ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${seen.at(-1)}`
    return `complete -c rampart -n '${condition}' -a '${node.words.join(' ')}'`
  })
  return `${lines.join('\n')}\n`
}
