#!/usr/bin/env python3
"""Plays a program in a terminal and keeps pictures of it.

    screen.py FOLDER STEP... -- PROGRAM [ARGUMENT]...

Each STEP is done in turn: `wait:REGEX` until the screen matches, `gone:REGEX` until it does not, `coloured:TEXT` until
that has a colour, `keys:NAME NAME…` and `type:TEXT` press keys (the names are tmux's), `picture:NAME` keeps the screen as FOLDER/NAME.txt and FOLDER/NAME.png,
`light:` makes a light terminal of it in pictures, `size:80x24` another size from the start, `rest:SECONDS` presses no
key, for what an editor does then, `left:` waits until the program has ended. Leaves with 1, and shows the screen, where
something that is waited for does not come. Needs tmux, Pillow and the font DejaVu Sans Mono.
"""
import os
import re
import shlex
import subprocess
import sys
import time
import unicodedata

from PIL import Image, ImageDraw, ImageFont

COLUMNS, ROWS, PATIENCE = 110, 34, 60  # characters, lines, seconds
SIZE = 15
DARK, LIGHT = ((224, 226, 234), (20, 22, 27)), ((20, 22, 27), (250, 250, 250))  # letters, ground
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono%s.ttf"
WIDE = "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf"
BASIC = [(0, 0, 0), (205, 49, 49), (13, 188, 121), (229, 229, 16), (36, 114, 200), (188, 63, 188), (17, 168, 205),
         (229, 229, 229), (102, 102, 102), (241, 76, 76), (35, 209, 139), (245, 245, 67), (59, 142, 234),
         (214, 112, 214), (41, 184, 219), (255, 255, 255)]


def tmux(*words):
    # A server of its own: nobody else's sessions are touched.
    command = ["tmux", "-L", f"dispatch-ls-{os.getpid()}", "-f", "/dev/null", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def indexed(number):
    if number < 16:
        return BASIC[number]
    if number < 232:
        number -= 16
        return tuple(55 + 40 * level if level else 0 for level in (number // 36, number // 6 % 6, number % 6))
    return (8 + 10 * (number - 232),) * 3


def styled(style, codes):
    """`style` (fore, back, line, reversed, underlined, bold) after the escape sequence with `codes`."""
    codes = [int(code or 0) for code in re.split("[;:]", codes or "0")]
    while codes:
        code = codes.pop(0)
        if code == 0:
            style = dict(fore=None, back=None, line=None, reversed=False, underlined=False, bold=False)
        elif code in (38, 48, 58):
            colour = None
            if codes and codes.pop(0) == 5:
                colour = indexed(codes.pop(0))
            elif len(codes) >= 3:
                colour, codes = tuple(codes[-3:] if len(codes) == 4 else codes[:3]), codes[4 if len(codes) == 4 else 3:]
            style = {**style, {38: "fore", 48: "back", 58: "line"}[code]: colour}
        elif code == 4:
            style = {**style, "underlined": not codes or codes[0] != 0}
            codes = codes[1:] if codes and codes[0] <= 5 else codes
        elif code == 24:
            style = {**style, "underlined": False}
        elif code in (7, 27):
            style = {**style, "reversed": code == 7}
        elif code in (39, 49, 59):
            style = {**style, {39: "fore", 49: "back", 59: "line"}[code]: None}
        elif code in (1, 22):
            style = {**style, "bold": code == 1}
        elif 30 <= code <= 37 or 90 <= code <= 97:
            style = {**style, "fore": indexed(code - 30 if code < 90 else code - 82)}
        elif 40 <= code <= 47 or 100 <= code <= 107:
            style = {**style, "back": indexed(code - 40 if code < 100 else code - 92)}
    return style


def cells():
    """The screen: rows of characters with their style."""
    style = styled({}, "0")
    for line in tmux("capture-pane", "-e", "-p", "-N").split("\n"):
        row = []
        for escape, codes, character in re.findall(r"(\x1b\[([\d;:]*)m)|\x1b[()].|[\x0e\x0f]|(.)", line):
            if escape:
                style = styled(style, codes)
            elif character:
                row.append((character, style))
        yield row


def is_coloured(text):
    """Whether `text` is on the screen in colours of its own."""
    for row in cells():
        at = "".join(character for character, _ in row).find(text)
        if at >= 0 and all(style["fore"] for _, style in row[at:at + len(text)]):
            return True
    return False


def settled():
    """Waits until nothing is drawn any more, for some seconds at most."""
    last = None
    for _ in range(20):
        now = tmux("capture-pane", "-e", "-p")
        if now == last:
            return
        last = now
        time.sleep(0.3)


def picture(path, colours, columns, rows):
    with open(path + ".txt", "w", encoding="utf-8") as file:
        file.write(tmux("capture-pane", "-p"))
    fonts = {is_bold: ImageFont.truetype(FONT % kind, SIZE) for is_bold, kind in ((False, ""), (True, "-Bold"))}
    # Characters that are two columns wide are not in that one.
    wide = ImageFont.truetype(WIDE, SIZE) if os.path.exists(WIDE) else fonts[False]
    width, height = round(fonts[False].getlength("M")), SIZE + 4
    image = Image.new("RGB", (columns * width, rows * height), colours[1])
    draw = ImageDraw.Draw(image)
    for number, row in zip(range(rows), cells()):
        x, y = 0, number * height
        for character, style in row:
            fore, back = style["fore"] or colours[0], style["back"] or colours[1]
            if style["reversed"]:
                fore, back = back, fore
            is_wide = unicodedata.east_asian_width(character) in "FW"
            end = x + width * (2 if is_wide else 1)
            draw.rectangle((x, y, end - 1, y + height - 1), fill=back)
            draw.text((x, y + 1), character, font=wide if is_wide else fonts[style["bold"]], fill=fore)
            if style["underlined"]:
                draw.line((x, y + height - 2, end, y + height - 2), fill=style["line"] or fore)
            x = end
    image.save(path + ".png")


def until(is_so, otherwise):
    end = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > end:
            sys.exit(f"{otherwise}; the screen:\n" + tmux("capture-pane", "-p"))
        time.sleep(0.05)


def wait(pattern, wanted):
    until(lambda: bool(re.search(pattern, tmux("capture-pane", "-p"))) == wanted,
          f"{pattern!r} does not {'come' if wanted else 'go'}")


def main():
    words = sys.argv[1:]
    parting = words.index("--")
    folder, steps, command = words[0], words[1:parting], words[parting + 1:]
    colours, columns, rows = DARK, COLUMNS, ROWS
    for step in steps:
        if step.startswith("size:"):
            columns, rows = map(int, step[5:].split("x"))
    os.makedirs(folder, exist_ok=True)
    tmux("start-server", ";", "set", "-g", "status", "off", ";", "set", "-g", "default-terminal", "tmux-256color", ";",
         "set", "-sa", "terminal-features", "*:RGB", ";", "set", "-sg", "escape-time", "0", ";",
         "set", "-g", "remain-on-exit", "on", ";",
         "new-session", "-d", "-x", str(columns), "-y", str(rows), "exec env COLORTERM=truecolor " + shlex.join(command))
    try:
        for step in steps:
            what, _, rest = step.partition(":")
            if what in ("wait", "gone"):
                wait(rest, what == "wait")
            elif what == "coloured":
                until(lambda: is_coloured(rest), f"{rest!r} is not in colours")
            elif what == "keys":
                tmux("send-keys", *rest.split())
            elif what == "light":
                colours = LIGHT
            elif what == "rest":
                time.sleep(float(rest))
            elif what == "left":
                until(lambda: tmux("list-panes", "-F", "#{pane_dead}").strip() == "1", "the program does not end")
            elif what == "type":
                tmux("send-keys", "-l", rest)
            elif what == "picture":
                settled()
                picture(os.path.join(folder, rest), colours, columns, rows)
            elif what != "size":
                sys.exit(f"no step: {step}")
    finally:
        tmux("kill-server")


main()
