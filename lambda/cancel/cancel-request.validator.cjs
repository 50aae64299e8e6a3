// Generated from cancel-request.schema.ts by `npm run generate`. Do not edit.
"use strict";
module.exports = validate10;
module.exports.default = validate10;
const pattern0 = new RegExp("^[A-Za-z0-9._-]{1,64}$", "u");
const pattern1 = new RegExp("^[0-9A-Za-z-]{1,34}$", "u");
const pattern2 = new RegExp("^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ud800-\\udfff]{1,20}$", "u");
const pattern3 = new RegExp("^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ud800-\\udfff]{1,100}$", "u");
const formats0 = /[1-9]/;
const formats2 = /^(?=[^]*[\p{L}\p{N}])(?:[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?<=[\p{L}\p{M}])[\u200c\u200d](?=[\p{L}\p{M}]))+$/u;

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="CancelPaymentRequest" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.orderNo === undefined){
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "orderNo"}});
errors++;
}
if(data.totalCancelAmount === undefined){
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "totalCancelAmount"}});
errors++;
}
if(data.items === undefined){
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "items"}});
errors++;
}
for(const key0 in data){
if(!((((key0 === "orderNo") || (key0 === "totalCancelAmount")) || (key0 === "refundAccount")) || (key0 === "items"))){
(vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}});
errors++;
}
}
if(data.orderNo !== undefined){
let data0 = data.orderNo;
if(typeof data0 === "string"){
if(!pattern0.test(data0)){
(vErrors ??= []).push({instancePath:instancePath+"/orderNo",keyword:"pattern"});
errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/orderNo",keyword:"type"});
errors++;
}
}
if(data.totalCancelAmount !== undefined){
let data1 = data.totalCancelAmount;
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 999999999999999 || isNaN(data1)){
(vErrors ??= []).push({instancePath:instancePath+"/totalCancelAmount",keyword:"maximum"});
errors++;
}
if(data1 < 0 || isNaN(data1)){
(vErrors ??= []).push({instancePath:instancePath+"/totalCancelAmount",keyword:"minimum"});
errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/totalCancelAmount",keyword:"type"});
errors++;
}
}
if(data.refundAccount !== undefined){
let data2 = data.refundAccount;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 in data2){
if(!(((key1 === "accountNumber") || (key1 === "bankCode")) || (key1 === "accountHolderName"))){
(vErrors ??= []).push({instancePath:instancePath+"/refundAccount",keyword:"additionalProperties",params:{additionalProperty: key1}});
errors++;
}
}
if(data2.accountNumber !== undefined){
let data3 = data2.accountNumber;
if((typeof data3 !== "string") && (!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3))))){
(vErrors ??= []).push({instancePath:instancePath+"/refundAccount/accountNumber",keyword:"type"});
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 9007199254740991 || isNaN(data3)){
(vErrors ??= []).push({instancePath:instancePath+"/refundAccount/accountNumber",keyword:"maximum"});
errors++;
}
if(data3 < 1 || isNaN(data3)){
(vErrors ??= []).push({instancePath:instancePath+"/refundAccount/accountNumber",keyword:"minimum"});
errors++;
}
}
if(typeof data3 === "string"){
if(!pattern1.test(data3)){
(vErrors ??= []).push({instancePath:instancePath+"/refundAccount/accountNumber",keyword:"pattern"});
errors++;
}
if(!(formats0.test(data3))){
(vErrors ??= []).push({instancePath:instancePath+"/refundAccount/accountNumber",keyword:"format"});
errors++;
}
}
}
if(data2.bankCode !== undefined){
let data4 = data2.bankCode;
if(typeof data4 === "string"){
if(!pattern2.test(data4)){
(vErrors ??= []).push({instancePath:instancePath+"/refundAccount/bankCode",keyword:"pattern"});
errors++;
}
if(!(formats2.test(data4))){
(vErrors ??= []).push({instancePath:instancePath+"/refundAccount/bankCode",keyword:"format"});
errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/refundAccount/bankCode",keyword:"type"});
errors++;
}
}
if(data2.accountHolderName !== undefined){
let data5 = data2.accountHolderName;
if(typeof data5 === "string"){
if(!pattern3.test(data5)){
(vErrors ??= []).push({instancePath:instancePath+"/refundAccount/accountHolderName",keyword:"pattern"});
errors++;
}
if(!(formats2.test(data5))){
(vErrors ??= []).push({instancePath:instancePath+"/refundAccount/accountHolderName",keyword:"format"});
errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/refundAccount/accountHolderName",keyword:"type"});
errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/refundAccount",keyword:"type"});
errors++;
}
}
if(data.items !== undefined){
let data6 = data.items;
if(Array.isArray(data6)){
if(data6.length > 100){
(vErrors ??= []).push({instancePath:instancePath+"/items",keyword:"maxItems"});
errors++;
}
if(data6.length < 1){
(vErrors ??= []).push({instancePath:instancePath+"/items",keyword:"minItems"});
errors++;
}
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(data7.seq === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/items/" + i0,keyword:"required",params:{missingProperty: "seq"}});
errors++;
}
if(data7.itemType === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/items/" + i0,keyword:"required",params:{missingProperty: "itemType"}});
errors++;
}
if(data7.itemId === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/items/" + i0,keyword:"required",params:{missingProperty: "itemId"}});
errors++;
}
if(data7.quantity === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/items/" + i0,keyword:"required",params:{missingProperty: "quantity"}});
errors++;
}
if(data7.amount === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/items/" + i0,keyword:"required",params:{missingProperty: "amount"}});
errors++;
}
for(const key2 in data7){
if(!((((((key2 === "seq") || (key2 === "itemType")) || (key2 === "itemId")) || (key2 === "quantity")) || (key2 === "amount")) || (key2 === "taxAmount"))){
(vErrors ??= []).push({instancePath:instancePath+"/items/" + i0,keyword:"additionalProperties",params:{additionalProperty: key2}});
errors++;
}
}
if(data7.seq !== undefined){
let data8 = data7.seq;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
(vErrors ??= []).push({instancePath:instancePath+"/items/" + i0+"/seq",keyword:"type"});
errors++;
}
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 > 1000000 || isNaN(data8)){
(vErrors ??= []).push({instancePath:instancePath+"/items/" + i0+"/seq",keyword:"maximum"});
errors++;
}
if(data8 < 1 || isNaN(data8)){
(vErrors ??= []).push({instancePath:instancePath+"/items/" + i0+"/seq",keyword:"minimum"});
errors++;
}
}
}
if(data7.itemType !== undefined){
let data9 = data7.itemType;
if(!(((((data9 === "PHYSICAL") || (data9 === "DIGITAL")) || (data9 === "SUBSCRIPTION")) || (data9 === "DELIVERY")) || (data9 === "SERVICE"))){
(vErrors ??= []).push({instancePath:instancePath+"/items/" + i0+"/itemType",keyword:"enum"});
errors++;
}
}
if(data7.itemId !== undefined){
let data10 = data7.itemId;
if(typeof data10 === "string"){
if(!pattern0.test(data10)){
(vErrors ??= []).push({instancePath:instancePath+"/items/" + i0+"/itemId",keyword:"pattern"});
errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/items/" + i0+"/itemId",keyword:"type"});
errors++;
}
}
if(data7.quantity !== undefined){
let data11 = data7.quantity;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
(vErrors ??= []).push({instancePath:instancePath+"/items/" + i0+"/quantity",keyword:"type"});
errors++;
}
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 > 1000000 || isNaN(data11)){
(vErrors ??= []).push({instancePath:instancePath+"/items/" + i0+"/quantity",keyword:"maximum"});
errors++;
}
if(data11 < 1 || isNaN(data11)){
(vErrors ??= []).push({instancePath:instancePath+"/items/" + i0+"/quantity",keyword:"minimum"});
errors++;
}
}
}
if(data7.amount !== undefined){
let data12 = data7.amount;
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 > 999999999999999 || isNaN(data12)){
(vErrors ??= []).push({instancePath:instancePath+"/items/" + i0+"/amount",keyword:"maximum"});
errors++;
}
if(data12 < 0 || isNaN(data12)){
(vErrors ??= []).push({instancePath:instancePath+"/items/" + i0+"/amount",keyword:"minimum"});
errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/items/" + i0+"/amount",keyword:"type"});
errors++;
}
}
if(data7.taxAmount !== undefined){
let data13 = data7.taxAmount;
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 > 999999999999999 || isNaN(data13)){
(vErrors ??= []).push({instancePath:instancePath+"/items/" + i0+"/taxAmount",keyword:"maximum"});
errors++;
}
if(data13 < 0 || isNaN(data13)){
(vErrors ??= []).push({instancePath:instancePath+"/items/" + i0+"/taxAmount",keyword:"minimum"});
errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/items/" + i0+"/taxAmount",keyword:"type"});
errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/items/" + i0,keyword:"type"});
errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/items",keyword:"type"});
errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath,keyword:"type"});
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

