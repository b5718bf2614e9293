# opsx completion for fish: opsx completion fish > ~/.config/fish/completions/opsx.fish
function __opsx_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    opsx __complete $words[2..-1] "$current" 2>/dev/null
end
complete -c opsx -f -a '(__opsx_complete)'
