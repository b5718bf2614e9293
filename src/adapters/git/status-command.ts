/** Branch, HEAD and what differs from it. Counting the commits ahead costs a walk, so it is asked for. */
export function statusCommand(path: string, count: 'count' | 'skip'): string[] {
  const flags = [
    '--porcelain=v2',
    '-z',
    '--branch',
    count === 'count' ? '--ahead-behind' : '--no-ahead-behind',
    '--untracked-files=all',
    '--no-renames',
  ]
  return ['status', ...flags, '--ignore-submodules=dirty', '--', path]
}
