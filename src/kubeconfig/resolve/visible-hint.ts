/**
 * A plug-in's install hint with everything written out that could act on a terminal: letters, marks, numbers,
 * punctuation, symbols, spaces and line ends stay. Source: client_config.go, cleanANSIEscapeCodes.
 */
export function visibleHint(hint: string): string {
  return hint.replace(
    /[^\p{L}\p{M}\p{N}\p{P}\p{S}\p{Z}\t\n\v\f\r]/gu,
    (sign) => `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  )
}
