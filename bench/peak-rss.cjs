// Preloaded where there is no /usr/bin/time: the process itself prints its peak memory.
process.on('exit', () => {
  process.stderr.write(`\nMaximum resident set size (kbytes): ${process.resourceUsage().maxRSS}\n`)
})
