// Enter in the search box of the area picker searches; it does not send the form around it.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches(".area-picker__q")) return;
  event.preventDefault();
  event.target.closest(".area-picker").querySelector("[name=find_areas]").click();
});
