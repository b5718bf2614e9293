/** C1 controls, and characters that change the direction of text or are not seen. */
const INVISIBLE = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g
/** GitHub reads a line that begins so as a command, unless it is one of `--format github`. */
const COMMAND_LINE = /^([^\S\n]*):(?=:)/gm
/** The older form of a command, anywhere in a line. */
const OLD_COMMAND = /##(?=\[)/g

const codeOf = (character: string) => character.charCodeAt(0).toString(16).padStart(4, '0')

/**
 * The output of any format, so that text of a repository or of Linear starts no command of a CI runner and hides
 * nothing. JSON and XML keep every character, as an escape.
 */
export function safeOutput(text: string, format: string): string {
  if (format === 'json' || format === 'sarif') {
    return text.replace(INVISIBLE, character => `\\u${codeOf(character)}`).replace(OLD_COMMAND, '#\\u0023')
  }
  if (format === 'junit') {
    return text
      .replace(INVISIBLE, character => `&#x${codeOf(character)};`)
      .replace(COMMAND_LINE, '$1&#58;')
      .replace(OLD_COMMAND, '#&#35;')
  }
  const visible = text.replace(INVISIBLE, '').replace(OLD_COMMAND, '# #')
  return format === 'github' ? visible : visible.replace(COMMAND_LINE, '$1: ')
}
