// What moves on the page: words at the pointed mark, and the sorting and filtering of the table of opcodes.
// Without it the page still shows everything but the rows of other engines.
"use strict";
(function () {
  var tip = document.getElementById("tip");

  function show(mark) {
    tip.textContent = mark.dataset.tip;
    tip.hidden = false;
    var box = mark.getBoundingClientRect(), own = tip.getBoundingClientRect();
    var left = Math.min(Math.max(4, box.left + box.width / 2 - own.width / 2), innerWidth - own.width - 4);
    var above = box.top - own.height - 8;
    tip.style.left = left + "px";
    tip.style.top = (above > 4 ? above : box.bottom + 8) + "px";
  }

  ["pointerover", "focusin"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      var mark = event.target.closest && event.target.closest("[data-tip]");
      if (mark) show(mark); else tip.hidden = true;
    });
  });
  document.addEventListener("scroll", function () { tip.hidden = true; }, {passive: true});
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") tip.hidden = true; });

  Array.prototype.forEach.call(document.querySelectorAll("table.sortable"), function (table) {
    var body = table.tBodies[0], rows = Array.prototype.slice.call(body.rows);
    var filters = Array.prototype.slice.call(document.querySelectorAll("[data-filters='" + table.id + "'] [name]"));
    var count = document.querySelector("[data-filters='" + table.id + "'] output");

    function filter() {
      var shown = 0, wanted = {};
      filters.forEach(function (field) { wanted[field.name] = field.value.trim(); });
      var words = (wanted.words || "").toLowerCase().split(/\s+/).filter(Boolean);
      rows.forEach(function (row) {
        var good = words.every(function (word) { return row.dataset.words.indexOf(word) >= 0; });
        ["engine", "form", "context"].forEach(function (key) {
          if (wanted[key] && row.dataset[key] !== wanted[key]) good = false;
        });
        row.hidden = !good;
        shown += good;
      });
      if (count) count.textContent = shown + " of " + rows.length + " rows";
    }

    function sort(header, column) {
      var down = header.getAttribute("aria-sort") === "ascending";
      Array.prototype.forEach.call(table.tHead.rows[0].cells, function (cell) { cell.removeAttribute("aria-sort"); });
      header.setAttribute("aria-sort", down ? "descending" : "ascending");
      function key(row) {
        var value = row.dataset[column];
        return column === "words" || column === "verdict" ? value : value === "" || value === undefined ? NaN : +value;
      }
      rows.sort(function (one, other) {
        var a = key(one), b = key(other);
        if (a !== a || b !== b) return (a !== a) - (b !== b);  // what is not known stands last
        return (a < b ? -1 : a > b ? 1 : 0) * (down ? -1 : 1);
      });
      var all = document.createDocumentFragment();
      rows.forEach(function (row) { all.appendChild(row); });
      body.appendChild(all);
    }

    Array.prototype.forEach.call(table.querySelectorAll("th[data-sort]"), function (header) {
      header.querySelector("button").addEventListener("click", function () { sort(header, header.dataset.sort); });
    });
    filters.forEach(function (field) { field.addEventListener("input", filter); });
    if (filters.length) filter();
  });
})();
