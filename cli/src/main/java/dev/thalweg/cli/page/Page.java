package dev.thalweg.cli.page;

import java.util.List;

/// A page of HTML that is built from top to bottom.
public final class Page {

  /// Colours are Okabe and Ito's (2008), which the colour-blind tell apart, lighter where it is
  /// dark.
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #222; --paper: #fff; --faint: #ddd; --soft: #667;
        --c0: #0072b2; --c1: #d55e00; --c2: #009e73; --c3: #cc79a7; --c4: #8a6d00; --c5: #56b4e9; }
      @media (prefers-color-scheme: dark) { :root { --ink: #ddd; --paper: #181a1c; --faint: #3a3d40; --soft: #9ab;
        --c0: #56b4e9; --c1: #ff9a4d; --c2: #3fd0a4; --c3: #e8a3c9; --c4: #f0e442; --c5: #8fd0ff; } }
      body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
        margin: 0 auto; max-width: 60rem; padding: 1rem; }
      h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2.2rem; } h3 { font-size: 1rem; }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
      th, td { padding: .2rem .7rem .2rem 0; text-align: left; vertical-align: top; }
      thead th { border-bottom: 2px solid var(--faint); } tbody tr + tr { border-top: 1px solid var(--faint); }
      td.n, th.n { text-align: right; }
      table.matrix td { text-align: right; padding: .2rem .5rem; border: 1px solid var(--faint); }
      pre { overflow-x: auto; border: 1px solid var(--faint); padding: .7rem; font-size: .9rem; }
      svg { width: 100%; height: auto; } svg text { fill: var(--ink); font: 13px system-ui, sans-serif; }
      .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1rem; margin-top: 1.5rem; }
      caption { text-align: left; padding: 1rem 0 .3rem; font-size: .9rem; }
      .tiles { display: flex; flex-wrap: wrap; gap: .8rem; } .tiles figure { margin: 0; width: 6.5rem; font-size: .85rem; }
      .tiles img { width: 6rem; height: 6rem; object-fit: contain; image-rendering: pixelated; border: 1px solid var(--faint); }
      .legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; font-size: .9rem; }
      .legend span { display: inline-block; width: 1.4rem; height: .25rem; vertical-align: middle; margin-right: .4rem; }
      .soft { color: var(--soft); } .wrong { color: var(--c1); font-weight: 600; }
      """;

  private final StringBuilder body = new StringBuilder();
  private final String title;

  /// An empty page.
  ///
  /// @param title as plain text
  public Page(String title) {
    this.title = title;
  }

  /// Adds a piece of HTML.
  public Page add(String html) {
    body.append(html).append('\n');
    return this;
  }

  /// Adds a table.
  ///
  /// @param head the heads of the columns as HTML; empty for none
  /// @param rows of cells as HTML; the first of each is the head of its row
  public Page table(List<String> head, List<List<String>> rows) {
    body.append("<div class=\"wide\"><table>\n");
    if (!head.isEmpty()) {
      body.append("<thead><tr>");
      head.forEach(cell -> body.append("<th scope=\"col\">").append(cell).append("</th>"));
      body.append("</tr></thead>\n");
    }
    body.append("<tbody>\n");
    for (var row : rows) {
      body.append("<tr><th scope=\"row\">").append(row.getFirst()).append("</th>");
      row.stream().skip(1).forEach(cell -> body.append("<td>").append(cell).append("</td>"));
      body.append("</tr>\n");
    }
    body.append("</tbody></table></div>\n");
    return this;
  }

  /// The whole page.
  public String html() {
    return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
        + text(title)
        + "</title>\n<style>\n"
        + STYLE
        + "</style>\n</head>\n<body>\n<main>\n"
        + body
        + "</main>\n</body>\n</html>\n";
  }

  /// Plain text as HTML; what is no character that shows is left out.
  public static String text(String plain) {
    return plain
        .replaceAll("[\\p{Cc}&&[^\\n\\t]]", "\uFFFD")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
