"""What every file that leaves the register says of its source and of the right to use it."""

SOURCE = (
    "Ulf Hjelmar og Niels Ejersbo: Frikommuneforsøg 2016-2020. Status over forsøg. VIVE 2019, e-ISBN 978-87-7119-625-2."
)
TERMS = (
    "Celler fra notatets tabeller er gengivet ordret © VIVE og forfatterne, må citeres med tydelig kildeangivelse og "
    "er ikke omfattet af registerets licens. Registerets egne tekster og data må bruges efter MIT-licensen."
)
