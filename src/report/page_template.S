/* The page as bytes.  PAGE_FILE is the built page; the object depends on it. */
  .section .rodata
  .global detente_page_begin
  .hidden detente_page_begin
  .global detente_page_end
  .hidden detente_page_end
detente_page_begin:
  .incbin PAGE_FILE
detente_page_end:
  .byte 0
  .section .note.GNU-stack, "", %progbits
