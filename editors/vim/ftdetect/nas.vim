autocmd BufNewFile,BufRead *.nas setfiletype nas
